using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Specifies what every integration can be made with.</summary>
public abstract record IntegrationCreateRequest
{
    /// <summary>Gets a name that can stand for the id, with @ before it: at most 128 of a-z, 0-9, _ and -, not in use by another integration of the kind.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the integration is for. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the integration belongs to, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Names the integration and none of its settings, because logs print records and some settings are credentials.</summary>
    /// <returns>A text for logs and debuggers.</returns>
    public sealed override string ToString() => $"{GetType().Name} {{ Name = {Name} }}";
}
