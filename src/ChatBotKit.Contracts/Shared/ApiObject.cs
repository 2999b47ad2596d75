using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An object that a server sends. Fields that this version does not know are kept, so that nothing is lost.</summary>
public abstract record ApiObject
{
    /// <summary>Gets or sets the fields that have no property of their own; null when there are none.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalProperties { get; set; }
}
