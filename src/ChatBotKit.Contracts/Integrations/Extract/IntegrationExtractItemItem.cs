using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Describes the data that was extracted from one conversation.</summary>
public sealed record IntegrationExtractItemItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the integration that extracted the data.</summary>
    public required string ExtractIntegrationId { get; init; }

    /// <summary>Gets the conversation that the data is from.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the data, in the form of the JSON schema of the integration.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>Gets when the data was first extracted.</summary>
    [JsonConverter(typeof(IsoTimeConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets when the data was last extracted.</summary>
    [JsonConverter(typeof(IsoTimeConverter))]
    public DateTimeOffset? UpdatedAt { get; init; }
}
