namespace ChatBotKit.Conventions.Tests;

/// <summary>A field of a record in JSON.</summary>
/// <param name="Path">The path; see <see cref="SpecField"/>.</param>
/// <param name="Type">The type.</param>
/// <param name="Required">Whether it is required.</param>
/// <param name="Nullable">Whether it may be null.</param>
internal sealed record ContractField(string Path, WireType Type, bool Required, bool Nullable);
