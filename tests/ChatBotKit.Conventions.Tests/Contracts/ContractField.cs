namespace ChatBotKit.Conventions.Tests;

/// <summary>A field of a record as it is on the wire.</summary>
/// <param name="Path">Where it is; see <see cref="SpecField"/>.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Required">Whether the record cannot be without it.</param>
/// <param name="Nullable">Whether it may be null.</param>
internal sealed record ContractField(string Path, WireType Type, bool Required, bool Nullable);
