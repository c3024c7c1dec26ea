import { type Order, order } from './keeper-contract';
import type { Places } from './places';
import { readRecord, writeRecord } from './records';

/** A keeper that comes after another one, and a VM that is woken by a call, go on with the last order. */
export const keepOrder = (places: Places, last: Order): Promise<void> => writeRecord(places.order, last);

export const lastOrder = (places: Places): Promise<Order | null> => readRecord(places.order, order);
