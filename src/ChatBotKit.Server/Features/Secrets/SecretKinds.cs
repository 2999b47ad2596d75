using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Secrets;

internal static class SecretKinds
{
    public const string Name = "secret";

    /// <summary>The field with the secret of the OAuth client.</summary>
    public const string ClientSecret = "config.clientSecret";

    public static ResourceKind Create() => new ResourceKind<SecretItem, SecretCreateRequest, SecretUpdateRequest>(Name, "/secret")
    {
        Secrets = [new(SecretPlace.Value), new(ClientSecret), new("config.password"), new("config.pass")],
        Defaults = new() { ["kind"] = SecretKind.Shared.Value, ["type"] = SecretType.Plain.Value },
        CheckItem = static (item, check) =>
        {
            if (item.Kind == SecretKind.Personal && check.Changed.Contains(SecretPlace.Value))
                throw ApiException.Conflict("A personal secret has a value for each contact, and none of its own");
        },
    };
}
