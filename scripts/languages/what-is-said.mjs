// Which texts of the code are said to people, and which are words for programs. A text is a sentence when it looks like
// one and stands where sentences stand.
import ts from 'typescript';
import {
  CODE_ELEMENTS,
  isCallForPrograms,
  isForPrograms,
  NAMES,
  NOTATIONS,
  NOTHING_SAID,
  SHOWN,
} from './places.mjs';

const WORD = /\p{L}{2,}/u;
const CAPITALISED = /^\p{Lu}\p{Ll}+[….:?!]?$/u;

/** Whether a file has anything to say. Its path begins at the project's folder. */
export const saysSomething = (path) =>
  (path === 'assets/catalogue.json' || /^(?:renderer|src)\/.*\.tsx?$/.test(path)) &&
  !NOTHING_SAID.some((those) => those.test(path));

const isNotation = (text) => NOTATIONS.some((notation) => notation.test(text));

/** Several words, or one with a capital letter; `text` has {0} for what is filled in. */
export function looksSaid(text) {
  if (!WORD.test(text.replace(/\{\d+\}/g, '')) || NAMES.has(text) || isNotation(text)) return false;
  return CAPITALISED.test(text) || /\S\s+\S|^\s|\s$/.test(text);
}

const COMPARISONS = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InKeyword,
]);

/** Whether the value of `inner` is one that `outer` has. */
const passesOn = (outer, inner) =>
  ts.isParenthesizedExpression(outer) ||
  ts.isAsExpression(outer) ||
  ts.isSatisfiesExpression(outer) ||
  ts.isArrayLiteralExpression(outer) ||
  ts.isJsxExpression(outer) ||
  (ts.isConditionalExpression(outer) && outer.condition !== inner) ||
  (ts.isBinaryExpression(outer) && !COMPARISONS.has(outer.operatorToken.kind));

/** What takes the value of `node` as it is, and as which part of it. */
function taker(node) {
  let inner = node;
  while (passesOn(inner.parent, inner)) inner = inner.parent;
  return { outer: inner.parent, inner };
}

const nameOf = ({ name }) => (ts.isStringLiteral(name) ? name.text : name.getText());

function takesCode({ outer, inner }) {
  if (ts.isLiteralTypeNode(outer) || ts.isCaseClause(outer)) return true;
  // What is compared with what is shown has to be in the same language.
  if (ts.isBinaryExpression(outer)) return !/\.(?:label|group)$/.test(outer.left.getText());
  if (ts.isImportDeclaration(outer) || ts.isExportDeclaration(outer)) return true;
  if (ts.isElementAccessExpression(outer) || ts.isTaggedTemplateExpression(outer)) return true;
  if (ts.isPropertyAssignment(outer) || ts.isPropertySignature(outer))
    return outer.name === inner || isForPrograms(nameOf(outer));
  if (ts.isJsxAttribute(outer) || ts.isVariableDeclaration(outer) || ts.isParameter(outer))
    return isForPrograms(nameOf(outer));
  if (ts.isCallExpression(outer) || ts.isNewExpression(outer))
    return isCallForPrograms(outer.expression.getText());
  return false;
}

const isCodeElement = (node) =>
  ts.isJsxElement(node) && CODE_ELEMENTS.has(node.openingElement.tagName.getText());

/** Whether a text that stands here is for programs, whatever it looks like. */
export function isCode(node) {
  if (isCodeElement(node) || NAMES.has(node.text) || isNotation(node.text ?? '')) return true;
  const place = taker(node);
  if (takesCode(place)) return true;
  // Further in: className={classes(active && 'a b')}.
  for (let { outer } = place; outer && !ts.isStatement(outer); outer = outer.parent) {
    if (ts.isJsxAttribute(outer)) return isForPrograms(nameOf(outer));
    if (ts.isJsxElement(outer)) return isCodeElement(outer);
  }
  return false;
}

/** Whether a text that stands here is said, whatever it looks like: shown by its name, or between tags. */
export function isShown(node) {
  if (!ts.isStringLiteralLike(node) || !WORD.test(node.text) || isNotation(node.text)) return false;
  const { outer, inner } = taker(node);
  if (ts.isJsxElement(outer) || ts.isJsxFragment(outer)) return !isCode(node);
  if (ts.isJsxAttribute(outer)) return SHOWN.has(nameOf(outer));
  return ts.isPropertyAssignment(outer) && outer.name !== inner && SHOWN.has(nameOf(outer));
}
