namespace ChatBotKit.Conventions.Tests;

/// <summary>A difference between the official document and the code.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Place">The place, as in the table of fields, or <c>sdk</c> for the method itself.</param>
/// <param name="Field">The field; <c>-</c> for none in particular.</param>
/// <param name="Kind"><c>missing</c>, <c>extra</c>, <c>type</c>, <c>required</c>, <c>nullable</c> or <c>streams</c>.</param>
/// <param name="Details">The two sides of the difference.</param>
internal sealed record Difference(string Operation, string Place, string Field, string Kind, string Details)
{
    public override string ToString() => $"{Operation}\t{Place}\t{Field}\t{Kind}\t{Details}";
}
