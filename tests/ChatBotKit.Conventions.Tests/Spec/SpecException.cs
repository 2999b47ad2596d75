namespace ChatBotKit.Conventions.Tests;

/// <summary>
/// A difference between the document and us that is meant. The operation may be <c>*</c> for all of them, and a field
/// that ends in <c>*</c> means all that begin so.
/// </summary>
internal sealed record SpecException(string Operation, string Place, string Field, string Kind, string Reason)
{
    public bool Covers(Difference difference) =>
        (Operation == "*" || Operation == difference.Operation) && Place == difference.Place && Kind == difference.Kind
        && (Field.EndsWith('*') ? difference.Field.StartsWith(Field[..^1], StringComparison.Ordinal) : Field == difference.Field);
}
