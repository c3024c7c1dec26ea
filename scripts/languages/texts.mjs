// The texts in a syntax tree, in the form that translators see.
import ts from 'typescript';

/** Text of a literal, with {0}, {1}, … for what a template fills in; undefined for all else. */
export function textOf(node) {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }, i) => `{${i}}${literal.text}`).join('');
}

/** What React makes of text between tags: lines are joined by a space, their indentation and empty ones go. */
export function jsxText(text) {
  const lines = text.split('\n');
  return lines
    .map((line, i) => {
      const from = i === 0 ? line : line.trimStart();
      return i === lines.length - 1 ? from : from.trimEnd();
    })
    .filter((line) => line !== '')
    .join(' ');
}

const gaps = (node) =>
  ts.isTemplateExpression(node) ? node.templateSpans.map(({ expression }) => expression.getText()) : [];

/** `count === 1 ? 'one …' : 'many …'`, which other languages say in more than two ways. */
export function looksPlural({ condition, whenTrue, whenFalse }) {
  if (!ts.isBinaryExpression(condition) || condition.right.getText() !== '1') return false;
  if (condition.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) return false;
  const texts = [textOf(whenTrue), textOf(whenFalse)];
  if (!texts.every((text) => text !== undefined && /\p{L}/u.test(text))) return false;
  return gaps(whenTrue).join() === gaps(whenFalse).join();
}
