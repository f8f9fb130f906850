/** The house rules that a linter can check; each message says what to do instead. */
const worldly =
  /\/lib\/(driver|database|script|config|migrate)\/|\/(cli|lib\/digest|\.ci\/\w+)\.ts$|\/(tests|bench|examples)\//;

function inLib(filename: string): boolean {
  return filename.includes("/lib/");
}

const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "no-world": {
      create(context) {
        if (!inLib(context.filename) || worldly.test(context.filename)) return {};
        return {
          ImportDeclaration(node) {
            if (/^node:(process|fs|fs\/promises|child_process|os|net)$/.test(node.source.value)) {
              context.report({
                node,
                message: `This layer must not import ${node.source.value}`,
                hint:
                  "Take it from the Context, or move the effect to driver, database, script, config or migrate",
              });
            }
          },
          "MemberExpression[object.name='console']"(node: Deno.lint.MemberExpression) {
            context.report({
              node,
              message: "Only cli.ts prints",
              hint: "Report an event, or return a value",
            });
          },
          "MemberExpression[object.name='process']"(node: Deno.lint.MemberExpression) {
            context.report({
              node,
              message: "Only cli.ts knows the process",
              hint: "Take it from the Context",
            });
          },
        };
      },
    },
    "no-mod-import": {
      create(context) {
        if (!inLib(context.filename)) return {};
        return {
          ImportDeclaration(node) {
            if (/(^|\/)mod\.ts$|^migrate$/.test(node.source.value)) {
              context.report({
                node,
                message: "lib/ must not import mod.ts",
                hint: "Import the leaf file",
              });
            }
          },
        };
      },
    },
    "no-top-level-arrow": {
      create(context) {
        if (!inLib(context.filename)) return {};
        return {
          "Program > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression"(
            node: Deno.lint.ArrowFunctionExpression,
          ) {
            context.report({ node, message: "A top-level function is declared with `function`" });
          },
          "Program > ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression"(
            node: Deno.lint.ArrowFunctionExpression,
          ) {
            context.report({ node, message: "A top-level function is declared with `function`" });
          },
        };
      },
    },
    "error-grammar": {
      create(context) {
        return {
          "NewExpression[callee.name='ToolError']"(node: Deno.lint.NewExpression) {
            const message = node.arguments[1];
            const text = message?.type === "Literal" && typeof message.value === "string"
              ? message.value
              : message?.type === "TemplateLiteral"
              ? message.quasis.map((it) => it.cooked).join("X")
              : undefined;
            if (text === undefined) return;
            if (/^[a-z]/.test(text) || /\.$/.test(text)) {
              context.report({
                node,
                message: "An error message starts with a capital and ends without a full stop",
              });
            }
          },
        };
      },
    },
  },
};

export default plugin;
