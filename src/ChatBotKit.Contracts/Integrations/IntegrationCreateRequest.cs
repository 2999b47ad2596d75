using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Specifies the fields with which every integration is created.</summary>
public abstract record IntegrationCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your integrations of the kind.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the integration. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the integration belongs to, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Writes the id and the name only. Logs print records, and some settings are credentials.</summary>
    /// <returns>A text for logs and debuggers, without secrets.</returns>
    public sealed override string ToString() => $"{GetType().Name} {{ Name = {Name} }}";
}
