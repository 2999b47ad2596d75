using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Describes the fields of every integration.</summary>
public abstract record IntegrationItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the integration.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the integration belongs to.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the integration was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the integration was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Writes the id and the name only. Logs print records, and some settings are credentials.</summary>
    /// <returns>A text for logs and debuggers, without secrets.</returns>
    public sealed override string ToString() => $"{GetType().Name} {{ Id = {Id}, Name = {Name} }}";
}
