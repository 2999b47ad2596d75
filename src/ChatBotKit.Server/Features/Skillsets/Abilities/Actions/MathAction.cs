using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using NCalc;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>
/// <c>math.evaluate</c>: the value of an expression with numbers, operators, comparisons and the functions of <c>Math</c>. The length of
/// the expression bounds the work: it has no loops, and <c>^</c> and <c>Pow</c> calculate with doubles.
/// </summary>
internal sealed class MathAction : IAbilityAction
{
    private const int MaxLength = 1_000;
    private const int MaxNesting = 100;

    public IReadOnlyList<string> Names { get; } = ["math", "math.evaluate"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
        [ActionFields.Required("expression", "The expression, for example: (3 + 4) * Sqrt(2). Pi and E are known, and ** is a power.")];

    public Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var text = call.TextOf("expression") ?? call.Text;
        if (text.Length is 0 or > MaxLength)
            return Failed($"The expression must have 1 to {MaxLength} characters.");
        if (text.Count(letter => letter is '(' or '!' or '-' or '~') > MaxNesting)
            return Failed($"The expression may have at most {MaxNesting} parentheses and signs.");
        try
        {
            var expression = new Expression(text, ExpressionOptions.IgnoreCaseAtBuiltInFunctions | ExpressionOptions.NoCache);
            expression.Parameters["Pi"] = expression.Parameters["pi"] = Math.PI;
            expression.Parameters["E"] = expression.Parameters["e"] = Math.E;
            return Task.FromResult(ResultOf(expression.Evaluate(cancellationToken)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library throws many types; all of them mean that the expression has no value.
            return Failed("The expression can't be evaluated.");
        }
    }

    private static AbilityResult ResultOf(object? value) => value switch
    {
        bool truth => AbilityResult.Of(JsonValue.Create(truth)),
        double number when !double.IsFinite(number) => AbilityResult.Failed("The result is not a finite number."),
        IConvertible number and not (string or DateTime) => AbilityResult.Of(JsonValue.Create(Convert.ToDouble(number, CultureInfo.InvariantCulture))),
        _ => AbilityResult.Failed("The result is not a number."),
    };

    private static Task<AbilityResult> Failed(string error) => Task.FromResult(AbilityResult.Failed(error));
}
