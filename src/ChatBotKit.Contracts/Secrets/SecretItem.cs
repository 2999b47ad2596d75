using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A stored secret, without its value: a credential that abilities use.</summary>
public sealed record SecretItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the secret.</summary>
    public string? Description { get; init; }

    /// <summary>Gets whether there is one value for all or one for each contact.</summary>
    public SecretKind? Kind { get; init; }

    /// <summary>Gets how the value is turned into a header.</summary>
    public SecretType? Type { get; init; }

    /// <summary>Gets the settings, which depend on the type, for example <c>clientId</c>. The secret of a client is masked.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets the blueprint that the secret is part of.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the secret. Nobody can read its value.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the secret was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the secret was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Writes the secret without its settings, which may contain passwords.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Alias = {Alias}, Name = {Name}, Kind = {Kind}, Type = {Type}, Config = ***");
        return true;
    }
}
