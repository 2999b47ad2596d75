using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Secrets;

/// <summary>The settings of a secret as its forms have them, without credentials: no page shows one again. An empty text is none.</summary>
public sealed record SecretFields
{
    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the kind.</summary>
    public string Kind { get; init; } = SecretKind.Shared.Value;

    /// <summary>Gets the type.</summary>
    public string Type { get; init; } = SecretType.Bearer.Value;

    /// <summary>Gets the id of the OAuth client.</summary>
    public string? ClientId { get; init; }

    /// <summary>Gets the address at which people sign in.</summary>
    public string? AuthorizationUrl { get; init; }

    /// <summary>Gets the address that gives tokens.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>Gets the address that revokes tokens.</summary>
    public string? RevokeUrl { get; init; }

    /// <summary>Gets the scope of the tokens.</summary>
    public string? Scope { get; init; }

    internal static SecretFields From(Form form) => new()
    {
        Name = form.Text("name"),
        Description = form.Text("description"),
        Kind = form.Text("kind") ?? SecretKind.Shared.Value,
        Type = form.Text("type") ?? SecretType.Bearer.Value,
        ClientId = form.Text("client"),
        AuthorizationUrl = form.Text("authorization"),
        TokenUrl = form.Text("token-address"),
        RevokeUrl = form.Text("revocation"),
        Scope = form.Text("scope"),
    };

    internal static SecretFields Of(SecretItem secret) => new() { Name = secret.Name, Description = secret.Description };

    internal SecretCreateRequest ToCreate(string? value, string? clientSecret) => new()
    {
        Name = Name,
        Description = Description,
        Kind = new SecretKind(Kind),
        Type = new SecretType(Type),
        Value = value,
        Config = Type == SecretType.OAuth.Value ? ConfigOf(clientSecret) : null,
    };

    internal SecretUpdateRequest ToUpdate(SecretItem stored, string? value)
    {
        var names = new SecretUpdateRequest
        {
            Name = Name is null ? Optional<string>.Null : Name,
            Description = Description is null ? Optional<string>.Null : Description,
        };
        return value is null ? names : names with { Kind = stored.Kind ?? SecretKind.Shared, Value = value };
    }

    private JsonObject ConfigOf(string? clientSecret)
    {
        var config = new JsonObject();
        foreach (var (name, value) in new[]
        {
            ("clientId", ClientId), ("clientSecret", clientSecret), ("authorizationUrl", AuthorizationUrl),
            ("tokenUrl", TokenUrl), ("revokeUrl", RevokeUrl), ("scope", Scope),
        })
        {
            if (value is not null)
                config[name] = value;
        }

        return config;
    }
}

/// <summary>A page of the secrets.</summary>
/// <param name="Secrets">The secrets.</param>
/// <param name="States">Whether each can be used, by id. Only the states that were checked are in it.</param>
public sealed record SecretList(ListResponse<SecretItem> Secrets, IReadOnlyDictionary<string, SecretStatus?> States);

/// <summary>The form of a secret.</summary>
/// <param name="Fields">The content of the fields.</param>
public sealed record SecretForm(SecretFields Fields)
{
    /// <summary>Gets the stored secret; null for a new one.</summary>
    public SecretItem? Secret { get; init; }

    /// <summary>Gets whether it can be used; null when that was not checked.</summary>
    public SecretStatus? Status { get; init; }

    /// <summary>Gets the address of the page on which its value is given; null when none was asked for.</summary>
    public string? SignInUrl { get; init; }

    /// <summary>Gets why it was not saved.</summary>
    public Failure? Failure { get; init; }
}
