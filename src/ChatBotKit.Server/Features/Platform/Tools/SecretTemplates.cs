using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Platform.Search;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Platform.Tools;

/// <summary>The forms of secrets, as templates for new ones.</summary>
internal sealed class SecretTemplates(TimeProvider time)
{
    private static readonly IReadOnlyList<Template> Templates =
    [
        new("bearer-token", "Bearer token", "A token that is sent in the header Authorization, after the word Bearer.", SecretType.Bearer, SecretKind.Shared, null,
            "Create the token at the service, and enter it as the value."),
        new("personal-bearer-token", "Bearer token of a contact", "A token of each contact, which is sent after the word Bearer.", SecretType.Bearer, SecretKind.Personal, null,
            "Each contact is asked for a token of their own when it is first needed."),
        new("api-key", "Key in a header", "A key that an instruction puts into a header.", SecretType.Plain, SecretKind.Shared, null,
            "Enter the key as the value, and name the header in the instruction of the ability."),
        new("basic", "Name and password", "A name and a password in the form of HTTP.", SecretType.Basic, SecretKind.Shared, null,
            "Enter the name, a colon and the password as the value."),
        new("oauth", "OAuth 2.0", "Access that an owner or a contact gives by signing in at a service.", SecretType.OAuth, SecretKind.Personal,
            new JsonObject { ["authorizationUrl"] = "", ["tokenUrl"] = "", ["clientId"] = "", ["clientSecret"] = "", ["scope"] = "" },
            "Register a client at the service with the callback of this server, and enter its addresses and credentials in the settings."),
    ];

    public Catalogue<PlatformSecretItem> All { get; } = new([.. Templates.Select(EntryOf)], time);

    private static CatalogueEntry<PlatformSecretItem> EntryOf(Template template) => new(
        template.Id,
        (match, now) => new PlatformSecretItem
        {
            Id = template.Id,
            Template = template.Id,
            Name = template.Name,
            Description = template.Description,
            Type = template.Type,
            Kind = template.Kind,
            Config = (JsonObject?)template.Config?.DeepClone(),
            Icon = "",
            Tags = [template.Type.Value, template.Kind.Value],
            Setup = template.Setup,
            Score = match?.Score,
            Excerpt = match?.Excerpt,
            Link = match is null ? null : $"{ApiRoutes.Canonical}/platform/guide/secrets/fetch",
            CreatedAt = now,
            UpdatedAt = now,
        },
        new Lazy<WordIndex>(() => new WordIndex(
            new WeightedText(template.Name, WordIndex.MaxWeight), new WeightedText(template.Type.Value, 5),
            new WeightedText(template.Description, 3), new WeightedText(template.Setup, 1))));

    private sealed record Template(
        string Id, string Name, string Description, SecretType Type, SecretKind Kind, JsonObject? Config, string Setup);
}
