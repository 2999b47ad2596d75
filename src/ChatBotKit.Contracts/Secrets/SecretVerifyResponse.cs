using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Describes whether a secret can be used.</summary>
public sealed record SecretVerifyResponse : ApiObject
{
    /// <summary>Gets the id of the secret.</summary>
    public required string Id { get; init; }

    /// <summary>Gets whether the secret can be used.</summary>
    public required SecretStatus Status { get; init; }

    /// <summary>Gets the action that is needed before the secret can be used; null when none is needed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SecretAction? Action { get; init; }
}

/// <summary>Specifies the action that is needed before a secret can be used.</summary>
public sealed record SecretAction : ApiObject
{
    /// <summary>Gets the action. So far it is always <c>authenticate</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the address of the page on which to do it. Its query grants access.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "Signed addresses must be sent exactly as they came.")]
    public required string Url { get; init; }

    /// <summary>Writes the action without the query of its address, which grants access.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Type = {Type}, Url = {Url?.Split('?')[0]}");
        return true;
    }
}
