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

    /// <summary>Gets the id or alias of the secret that a reference uses.</summary>
    public string? Reference { get; init; }

    private (string Name, string? Value)[] Config => Type == SecretType.OAuth.Value
        ? [("clientId", ClientId), ("authorizationUrl", AuthorizationUrl), ("tokenUrl", TokenUrl), ("revokeUrl", RevokeUrl), ("scope", Scope)]
        : Type == SecretType.Reference.Value ? [("id", Reference)] : [];

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
        Reference = form.Text("reference"),
    };

    internal static SecretFields Of(SecretItem secret)
    {
        return new()
        {
            Name = secret.Name,
            Description = secret.Description,
            Kind = (secret.Kind ?? SecretKind.Shared).Value,
            Type = (secret.Type ?? SecretType.Plain).Value,
            ClientId = Stored("clientId"),
            AuthorizationUrl = Stored("authorizationUrl"),
            TokenUrl = Stored("tokenUrl"),
            RevokeUrl = Stored("revokeUrl"),
            Scope = Stored("scope"),
            Reference = Stored("id"),
        };

        string? Stored(string name) => secret.Config?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    internal SecretCreateRequest ToCreate(string? value, string? clientSecret) => new()
    {
        Name = Name,
        Description = Description,
        Kind = new SecretKind(Kind),
        Type = new SecretType(Type),
        Value = value,
        Config = Config.Length > 0 ? ConfigOf(stored: null, clientSecret) : null,
    };

    /// <summary>Makes the update of a stored secret. An empty value keeps the stored one.</summary>
    internal SecretUpdateRequest ToUpdate(SecretItem stored, string? value, string? clientSecret) => new()
    {
        Name = FormText.Given(Name),
        Description = FormText.Given(Description),
        Kind = new SecretKind(Kind),
        Type = new SecretType(Type),
        Value = value is null ? default(Optional<string>) : value,
        Config = Config.Length > 0 ? ConfigOf(stored.Config, clientSecret) : default(Optional<JsonObject>),
    };

    /// <summary>
    /// Returns the stored settings with those of the form. The mask in place of a stored credential is sent back, which keeps the
    /// credential.
    /// </summary>
    private JsonObject ConfigOf(JsonObject? stored, string? clientSecret)
    {
        var config = stored?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in Config)
        {
            if (value is null)
                config.Remove(name);
            else
                config[name] = value;
        }

        if (clientSecret is not null)
            config["clientSecret"] = clientSecret;
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
