namespace ChatBotKit.Conventions.Tests;

/// <summary>A field of an operation; <c>[]</c> stands for the elements of an array and <c>*</c> for the entries of a map.</summary>
internal sealed record SpecField(string Operation, string Place, string Path, string Type, bool Required, bool Nullable);
