using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An extraction of data from conversations.</summary>
public sealed record IntegrationExtractItem : IntegrationItem
{
    /// <summary>Gets the bot whose conversations are processed; null for none.</summary>
    public required string? BotId { get; init; }

    /// <summary>Gets the JSON schema of the data to extract.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Gets where the data is posted: an https address, or an HTTP request as text. Null only stores the data.</summary>
    public string? Request { get; init; }

    /// <summary>Gets the model that extracts, optionally with settings.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Gets whether conversations are processed automatically once they are idle; null when the server does not send it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntegrationTriggerMode? Trigger { get; init; }
}
