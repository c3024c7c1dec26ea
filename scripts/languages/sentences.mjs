// Finds the sentences of a program text, and writes it anew with each of them looked up in the language that is spoken.
// The English sentence is the key. {0} stands for what is filled in, <0>…</0> for what is marked up:
//   `${name} is in use`            say('{0} is in use', [name])
//   count === 1 ? 'stays' : 'stay' sayCounted(count, 'stays', 'stay')
//   <p>Open <b>the log</b></p>     <p>{filled(say('Open <0>the log</0>'), [(inside) => <b>{inside}</b>])}</p>
import MagicString from 'magic-string';
import ts from 'typescript';
import { jsxText, looksPlural, textOf } from './texts.mjs';
import { isCode, isShown, looksSaid } from './what-is-said.mjs';

const LETTER = /\p{L}/u;
const quoted = (text) => JSON.stringify(text);

/**
 * `found`: what is said, in the order of the text. `code()`: the text that says it in the language spoken.
 * @returns {{ found: { text: string, many?: string, line: number }[], code: () => { code: string, map: object } }}
 */
export function sentencesOf(path, source) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const out = new MagicString(source);
  const found = [];

  const note = (node, text, many) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push({ text, many, line: line + 1 });
  };

  /** The parts that a template fills in, one after the other, from the first `${` to the last `}`. */
  function templateParts(template, before, after) {
    out.overwrite(template.getStart(), template.head.end, before);
    template.templateSpans.forEach(({ expression, literal }, i) => {
      const last = i === template.templateSpans.length - 1;
      inGap(expression);
      out.overwrite(expression.end, literal.end, last ? after : ', ');
    });
  }

  function say(node) {
    const text = textOf(node);
    note(node, text);
    const attribute = ts.isJsxAttribute(node.parent);
    if (ts.isTemplateExpression(node)) templateParts(node, `say$(${quoted(text)}, [`, '])');
    else
      out.overwrite(
        node.getStart(),
        node.end,
        `${attribute ? '{' : ''}say$(${quoted(text)})${attribute ? '}' : ''}`,
      );
  }

  /** `count === 1 ? one : many`, both with the same gaps. */
  function sayCounted(node) {
    const { condition, whenTrue, whenFalse } = node;
    note(node, textOf(whenTrue), textOf(whenFalse));
    const forms = `${quoted(textOf(whenTrue))}, ${quoted(textOf(whenFalse))}`;
    out.prependRight(condition.left.getStart(), 'sayCounted$(');
    visit(condition.left);
    if (!ts.isTemplateExpression(whenFalse))
      return out.overwrite(condition.left.end, node.end, `, ${forms})`);
    out.overwrite(condition.left.end, whenFalse.getStart(), `, ${forms}, `);
    templateParts(whenFalse, '[', '])');
  }

  /** Words of the function `plural`, which puts the number before them. */
  function pluralWords(call) {
    const [count, one, many] = call.arguments;
    const forms = [one.text, many?.text ?? `${one.text}s`];
    note(call, ...forms);
    visit(count);
    const word = `sayCounted$(${count.getText()}, ${forms.map(quoted).join(', ')})`;
    out.overwrite(one.getStart(), (many ?? one).end, `${word}, ${word}`);
  }

  /** A text directly in the gap of a sentence belongs to it, also when it is a single small word. */
  function inGap(node) {
    if (ts.isParenthesizedExpression(node)) return inGap(node.expression);
    if (ts.isConditionalExpression(node)) {
      if (looksPlural(node)) return sayCounted(node);
      visit(node.condition);
      inGap(node.whenTrue);
      return inGap(node.whenFalse);
    }
    if (ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText())) {
      visit(node.left);
      return inGap(node.right);
    }
    const text = textOf(node);
    if (text !== undefined && LETTER.test(text.replace(/\{\d+\}/g, '')) && !isCode(node)) return say(node);
    visit(node);
  }

  const isLiteral = (child) =>
    ts.isJsxExpression(child) && child.expression && ts.isStringLiteralLike(child.expression);
  const hasText = (element) =>
    element.children.some((child) =>
      LETTER.test(ts.isJsxText(child) ? child.text : isLiteral(child) ? child.expression.text : ''),
    );

  /** Words between tags, with what stands among them, as one sentence. */
  function sayChildren(element) {
    let parts = 0;
    const textOfChildren = (parent) =>
      parent.children
        .map((child) => {
          if (ts.isJsxText(child)) {
            out.overwrite(child.pos, child.end, ' ');
            return jsxText(child.text);
          }
          if (ts.isJsxExpression(child)) return expressionText(child);
          const number = parts++;
          if (!ts.isJsxElement(child) || !hasText(child)) {
            visit(child);
            out.appendLeft(child.end, ', ');
            return `<${number}/>`;
          }
          ts.forEachChild(child.openingElement, visit);
          out.prependRight(child.getStart(), '(inside) => ');
          out.appendLeft(child.openingElement.end, `{inside}</${child.openingElement.tagName.getText()}>, `);
          const inside = textOfChildren(child);
          out.overwrite(child.closingElement.getStart(), child.closingElement.end, ' ');
          return `<${number}>${inside}</${number}>`;
        })
        .join('');
    const expressionText = (child) => {
      if (!child.expression || isLiteral(child)) {
        out.overwrite(child.getStart(), child.end, ' ');
        return child.expression?.text ?? '';
      }
      out.overwrite(child.getStart(), child.getStart() + 1, ' ');
      inGap(child.expression);
      out.overwrite(child.expression.end, child.end, ', ');
      return `{${parts++}}`;
    };
    const text = textOfChildren(element);
    note(element, text);
    const [start, end] = ts.isJsxElement(element)
      ? [element.openingElement.end, element.closingElement.getStart()]
      : [element.openingFragment.end, element.closingFragment.getStart()];
    const said = `say$(${quoted(text)})`;
    out.appendLeft(start, parts === 0 ? `{${said}` : `{filled$(${said}, [`);
    out.prependRight(end, parts === 0 ? '}' : '])}');
  }

  function visit(node) {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
      if (!hasText(node) || isCode(node)) return ts.forEachChild(node, visit);
      if (ts.isJsxElement(node)) ts.forEachChild(node.openingElement, visit);
      return sayChildren(node);
    }
    if (ts.isConditionalExpression(node) && looksPlural(node) && !isCode(node)) return sayCounted(node);
    if (ts.isCallExpression(node) && node.expression.getText() === 'plural') {
      const [, one, many] = node.arguments;
      if (one && ts.isStringLiteral(one) && (!many || ts.isStringLiteral(many))) return pluralWords(node);
    }
    if (ts.isNewExpression(node) && /^Intl\./.test(node.expression.getText())) {
      const [locale] = node.arguments ?? [];
      if (locale && ts.isStringLiteral(locale))
        out.overwrite(locale.getStart(), locale.end, `locale$(${locale.getText()})`);
    }
    const text = textOf(node);
    if (text !== undefined && ((looksSaid(text) && !isCode(node)) || isShown(node))) return say(node);
    ts.forEachChild(node, visit);
  }

  visit(file);
  return {
    found,
    code() {
      if (path.endsWith('.json')) out.prepend('export default ');
      out.prepend(
        "import { filled as filled$, locale as locale$, say as say$, sayCounted as sayCounted$ } from 'gantry:language';\n",
      );
      return { code: out.toString(), map: out.generateMap({ source: path, hires: true }) };
    },
  };
}
