namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>A place in an instruction that a value fills when the ability is executed.</summary>
/// <param name="Name">The name of the value.</param>
internal abstract record Slot(string Name)
{
    /// <summary>The prefixes of names whose values the server gives, and never the caller.</summary>
    private static readonly string[] EnginePrefixes =
    [
        "EARTH_", SecretPrefix, "FILE_", "BOT_", "SPACE_", "TASK_", "USER_", "CONVERSATION_", "CONTACT_", "NAMESPACE_", "EXTERNAL_",
    ];

    public const string SecretPrefix = "SECRET_";

    public static bool IsOfEngine(string name) => EnginePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}

/// <summary>A slot for a value of the caller.</summary>
internal sealed record FieldSlot(string Name, IReadOnlyList<FieldOperation> Operations) : Slot(Name);

/// <summary>A slot for a value of the server.</summary>
internal sealed record EngineSlot(string Name) : Slot(Name)
{
    public bool IsSecret => Name.StartsWith(SecretPrefix, StringComparison.Ordinal);
}

/// <summary>An operation that converts the value of a field to text.</summary>
/// <param name="Name">The name.</param>
/// <param name="Argument">The argument; null for none.</param>
internal readonly record struct FieldOperation(string Name, string? Argument);
