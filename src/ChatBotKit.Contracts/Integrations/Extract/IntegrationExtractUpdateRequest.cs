using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update an extraction of data from conversations. A field that is not set keeps its value.</summary>
public sealed record IntegrationExtractUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the bot whose conversations are processed, by id or alias.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets the JSON schema of the data to extract.</summary>
    public Optional<JsonObject> Schema { get; init; }

    /// <summary>Gets where the data is posted: an https address, or an HTTP request as text. Null only stores the data.</summary>
    public Optional<string> Request { get; init; }

    /// <summary>Gets the model that extracts, optionally with settings. At most 512 bytes.</summary>
    public Optional<string> Model { get; init; }

    /// <summary>Gets whether conversations are processed automatically once they are idle.</summary>
    public Optional<IntegrationTriggerMode> Trigger { get; init; }
}
