namespace ChatBotKit.Conventions.Tests;

/// <summary>
/// An intended difference between the official document and the code. An operation or field that ends in <c>*</c> matches all that
/// begin with the text before it.
/// </summary>
internal sealed record SpecException(string Operation, string Place, string Field, string Kind, string Reason)
{
    public bool Covers(Difference difference) =>
        Matches(Operation, difference.Operation) && Place == difference.Place && Kind == difference.Kind && Matches(Field, difference.Field);

    private static bool Matches(string pattern, string text) =>
        pattern.EndsWith('*') && pattern != text ? text.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == text;
}
