using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a secret.</summary>
public sealed record SecretCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your secrets.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the secret, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets whether there is one value for all or one for each contact. Default: <see cref="SecretKind.Shared"/>.</summary>
    public SecretKind? Kind { get; init; }

    /// <summary>Gets how the value is turned into a header. Default: <see cref="SecretType.Plain"/>.</summary>
    public SecretType? Type { get; init; }

    /// <summary>
    /// Gets the value, which no answer contains. A personal secret must not have a value here. Set <see cref="Kind"/> too;
    /// without it, the hosted service drops the value.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>Gets the settings, which depend on the type, for example <c>clientId</c> and <c>tokenUrl</c>.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets the blueprint that the secret is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the secret. Default: <see cref="Visibility.Private"/>, nobody.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    // Logs print records, and these fields are credentials.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Alias = {Alias}, Name = {Name}, Kind = {Kind}, Type = {Type}, Value = ***, Config = ***");
        return true;
    }
}
