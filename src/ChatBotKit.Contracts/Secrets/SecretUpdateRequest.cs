using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a secret. A field that is not set keeps its value.</summary>
public sealed record SecretUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the secret, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets whether there is one value for all or one for each contact.</summary>
    public Optional<SecretKind> Kind { get; init; }

    /// <summary>Gets how the value is turned into a header.</summary>
    public Optional<SecretType> Type { get; init; }

    /// <summary>
    /// Gets the value, which no answer contains. A personal secret must not have a value here. Set <see cref="Kind"/> too;
    /// without it, the hosted service drops the value. Null clears the value.
    /// </summary>
    public Optional<string> Value { get; init; }

    /// <summary>Gets the settings, which depend on the type, for example <c>clientId</c> and <c>tokenUrl</c>.</summary>
    public Optional<JsonObject> Config { get; init; }

    /// <summary>Gets the blueprint that the secret is part of; null removes it from the blueprint.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the secret.</summary>
    public Optional<Visibility> Visibility { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    // Logs print records, and these fields are credentials.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Alias = {Alias}, Name = {Name}, Kind = {Kind}, Type = {Type}, Value = ***, Config = ***");
        return true;
    }
}
