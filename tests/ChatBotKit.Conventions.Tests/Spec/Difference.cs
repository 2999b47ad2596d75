namespace ChatBotKit.Conventions.Tests;

/// <summary>One thing that the document says otherwise than our code.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Place">Where: as in the table of fields, or <c>sdk</c> for the method itself.</param>
/// <param name="Field">Which field; <c>-</c> for none in particular.</param>
/// <param name="Kind"><c>missing</c>, <c>extra</c>, <c>type</c>, <c>required</c> or <c>nullable</c>.</param>
/// <param name="Details">What each side says.</param>
internal sealed record Difference(string Operation, string Place, string Field, string Kind, string Details)
{
    public override string ToString() => $"{Operation}\t{Place}\t{Field}\t{Kind}\t{Details}";
}
