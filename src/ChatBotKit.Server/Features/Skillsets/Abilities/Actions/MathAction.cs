using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using NCalc;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>
/// <c>math.evaluate</c>: the value of an expression with numbers, operators, comparisons and the functions of <c>Math</c>. The length of
/// the expression bounds the work: it has no loops, and powers calculate with doubles.
/// </summary>
internal sealed class MathAction : IAbilityAction
{
    private const int MaxLength = 1_000;
    private const int MaxNesting = 100;

    private const ExpressionOptions Options =
        ExpressionOptions.IgnoreCaseAtBuiltInFunctions | ExpressionOptions.NoCache | ExpressionOptions.LongAsDefault;

    public IReadOnlyList<string> Names { get; } = ["math", "math.evaluate"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
        [ActionFields.Required("expression", "The expression, for example: (3 + 4) * Sqrt(2). Pi and E are known, and ^ is a power.")];

    public Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var text = call.TextOf("expression") ?? call.Text;
        if (text.Length is 0 or > MaxLength)
            return Failed($"The expression must have 1 to {MaxLength} characters.");
        if (text.Count(letter => letter is '(' or '!' or '-' or '~') > MaxNesting)
            return Failed($"The expression may have at most {MaxNesting} parentheses and signs.");
        // The library takes ^ for an operation on bits, and models write it for a power.
        text = text.Replace("^", "**", StringComparison.Ordinal);
        try
        {
            return Task.FromResult(ResultOf(Evaluate(text, Options, cancellationToken), text, cancellationToken));
        }
        catch (OverflowException)
        {
            return Failed("A whole number is too large; write it with a decimal point, as in 3.0.");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library throws many types; all of them mean that the expression has no value.
            return Failed("The expression can't be evaluated.");
        }
    }

    private static object? Evaluate(string text, ExpressionOptions options, CancellationToken cancellationToken)
    {
        var expression = new Expression(text, options);
        expression.Parameters["Pi"] = expression.Parameters["pi"] = Math.PI;
        expression.Parameters["E"] = expression.Parameters["e"] = Math.E;
        return expression.Evaluate(cancellationToken);
    }

    private static AbilityResult ResultOf(object? value, string text, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case bool truth:
                return AbilityResult.Of(JsonValue.Create(truth));
            case double number when !double.IsFinite(number):
                return AbilityResult.Failed("The result is not a finite number.");
            case IConvertible number and not (string or DateTime):
                // A whole number that does not fit would otherwise become a wrong one.
                Evaluate(text, Options | ExpressionOptions.OverflowProtection, cancellationToken);
                return AbilityResult.Of(JsonValue.Create(Convert.ToDouble(number, CultureInfo.InvariantCulture)));
            default:
                return AbilityResult.Failed("The result is not a number.");
        }
    }

    private static Task<AbilityResult> Failed(string error) => Task.FromResult(AbilityResult.Failed(error));
}
