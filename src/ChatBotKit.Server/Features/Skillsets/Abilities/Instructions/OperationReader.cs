using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>Reads the operations and the description of a field: <c>trim enum&lt;a,b&gt;|description</c>.</summary>
/// <param name="source">The whole instruction.</param>
/// <param name="start">The beginning of the field.</param>
/// <param name="end">The end of the part of the instruction that has the field.</param>
/// <param name="close">The text that ends the field.</param>
internal sealed class OperationReader(string source, int start, int end, string close)
{
    private static readonly string[] Plain = ["euc", "j", "js", "y", "ys", "dq", "edq", "sq", "esq", "rn", "trim"];

    private readonly List<FieldOperation> _operations = [];
    private readonly List<FieldOperation> _rules = [];
    private string _description = "";

    /// <summary>The operations that convert the value, in their order.</summary>
    public IReadOnlyList<FieldOperation> Operations => _operations;

    /// <summary>Reads to the end of the field, and returns the position after it.</summary>
    public int Read(int at)
    {
        while (true)
        {
            while (at < end && source[at] is ' ' or '\t')
                at++;
            if (IsAt(at, close))
                return at + close.Length;
            if (at < end && source[at] == '|')
                return ReadDescription(at + 1);
            at = ReadOperation(at);
        }
    }

    public AbilityField ToField(string name, bool isRequired)
    {
        var field = new AbilityField(name) { Description = _description, IsRequired = isRequired };
        // Text that is encoded as JSON or YAML may stand for any value.
        if (_operations.Any(operation => operation.Name is "j" or "y"))
            field = field with { Type = null };
        foreach (var (rule, argument) in _rules)
        {
            field = rule switch
            {
                "number" => field with { Type = AbilityField.NumberType },
                "boolean" => field with { Type = AbilityField.BooleanType },
                "local" => field with { IsLocal = true },
                "enum" => field with { Choices = argument!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
                "default" => field with { Default = JsonValue.Create(argument!) },
                "format" => field with { Format = argument },
                "min" => field with { Min = double.Parse(argument!, CultureInfo.InvariantCulture) },
                _ => field with { Max = double.Parse(argument!, CultureInfo.InvariantCulture) },
            };
        }

        return field;
    }

    private int ReadDescription(int at)
    {
        var closed = source.AsSpan(at, end - at).IndexOf(close);
        if (closed < 0)
            throw NotClosed();
        _description = source.Substring(at, closed).Trim();
        return at + closed + close.Length;
    }

    private int ReadOperation(int at)
    {
        var first = at;
        while (at < end && char.IsAsciiLetter(source[at]))
            at++;
        if (at >= end)
            throw NotClosed();
        var name = source[first..at];
        string? argument = null;
        if (source[at] == '<')
        {
            var last = EndOfArgument(at + 1);
            argument = source[(at + 1)..last];
            at = last + 1;
        }

        Add(name, argument, first);
        return at;
    }

    private void Add(string name, string? argument, int at)
    {
        var isPlain = Plain.Contains(name) || name is "number" or "boolean" or "local";
        var isNumeric = name is "min" or "max";
        if (!isPlain && !isNumeric && name is not ("enum" or "default" or "format" or "sanitize"))
            throw Fault(at, $"there is no operation \"{name}\"");
        if (isPlain != (argument is null))
            throw Fault(at, isPlain ? $"\"{name}\" takes no argument" : $"\"{name}\" needs an argument in <>");
        if (isNumeric && !double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw Fault(at, $"the argument of \"{name}\" must be a number");
        if (name == "sanitize")
            CheckPattern(argument!, at);
        if (Plain.Contains(name) || name == "sanitize")
            _operations.Add(new FieldOperation(name, argument));
        else
            _rules.Add(new FieldOperation(name, argument));
    }

    private void CheckPattern(string pattern, int at)
    {
        try
        {
            _ = FieldText.PatternOf(pattern);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw Fault(at, "the argument of \"sanitize\" must be a regular expression without lookarounds and references back");
        }
    }

    /// <summary>Returns the position of the <c>&gt;</c> that ends an argument: one that the field, a space or a bar follows.</summary>
    private int EndOfArgument(int at)
    {
        for (; at < end; at++)
        {
            if (source[at] == '>' && (at + 1 == end || source[at + 1] is ' ' or '|' || IsAt(at + 1, close)))
                return at;
        }

        throw NotClosed();
    }

    private bool IsAt(int at, string text) => at <= end && source.AsSpan(at, end - at).StartsWith(text);

    private InstructionException NotClosed() => Fault(start, "the field that begins here is not closed");

    private InstructionException Fault(int at, string message) => new(message, Place.Of(source, at));
}
