namespace ChatBotKit.AdminConsole.Secrets;

/// <summary>The names of kinds and types of secrets.</summary>
internal static class SecretWords
{
    public static readonly (string Value, string Text)[] Kinds = [("shared", "shared"), ("personal", "personal")];

    /// <summary>The types that the forms offer.</summary>
    public static readonly (string Value, string Text)[] Types =
    [
        ("bearer", "bearer token"), ("basic", "name and password"), ("plain", "whole header"), ("jwt", "private key (JWT)"), ("oauth", "OAuth"),
        ("reference", "reference"), ("template", "template"),
    ];

    public static string Kind(SecretItem secret) => (secret.Kind ?? SecretKind.Shared).Value;

    public static string Type(SecretItem secret)
    {
        var type = (secret.Type ?? SecretType.Plain).Value;
        return Types.FirstOrDefault(one => one.Value == type).Text ?? type;
    }
}
