using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Secrets;

internal static class SecretKinds
{
    public const string Name = "secret";

    public static ResourceKind Create() => new ResourceKind<SecretItem, SecretCreateRequest, SecretUpdateRequest>(Name, "/secret")
    {
        Secrets = [new("value"), new("config.clientSecret")],
        Defaults = new() { ["kind"] = SecretKind.Shared.Value, ["type"] = SecretType.Plain.Value },
        CheckItem = static (item, check) =>
        {
            if (item.Kind == SecretKind.Personal && check.Changed.Contains("value"))
                check.Faults.Add("\"value\" can't be set: a personal secret has a value for each contact");
        },
    };
}
