using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A template for secrets: how to sign in to a service.</summary>
public sealed record PlatformSecretItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name by which secrets refer to the template.</summary>
    public string? Template { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what a secret of this template gives access to.</summary>
    public string? Description { get; init; }

    /// <summary>Gets how the value of such a secret is turned into a header.</summary>
    public required SecretType Type { get; init; }

    /// <summary>Gets whether such a secret has one value for all or one for each contact.</summary>
    public SecretKind? Kind { get; init; }

    /// <summary>Gets the settings of such a secret.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets the icon.</summary>
    public string? Icon { get; init; }

    /// <summary>Gets the tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Gets the steps that are needed before the template can be used.</summary>
    public string? Setup { get; init; }

    /// <summary>Gets remarks for readers.</summary>
    public string? Commentary { get; init; }

    /// <summary>Gets how well the entry matches, 0 to 1; null when it was not searched for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    /// <summary>Gets the passage that matches; null when it was not searched for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Excerpt { get; init; }

    /// <summary>Gets the address of its page.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the entry was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the entry was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
