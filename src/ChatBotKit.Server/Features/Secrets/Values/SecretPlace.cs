using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>
/// The place of a value: the secret itself, or the contact for which a personal secret has a value. A shared secret is that of its
/// owner, also when other accounts use it.
/// </summary>
/// <param name="Secret">The secret.</param>
/// <param name="ContactId">The contact; null for a shared secret.</param>
internal sealed record SecretPlace(ResourceRow Secret, string? ContactId)
{
    /// <summary>The name of a value that somebody has entered.</summary>
    public const string Value = "value";

    /// <summary>
    /// The name of the tokens of an OAuth provider. They are apart from the entered value, so that a secret whose type is changed sends
    /// no refresh token to a service.
    /// </summary>
    public const string Tokens = "tokens";

    private readonly JsonObject _document = ResourceEdit.Read(Secret.Data);

    public string Key => $"{Secret.Id}/{ContactId}";

    public SecretType Type => new((string?)_document["type"] ?? SecretType.Plain.Value);

    public bool IsPersonal => (string?)_document["kind"] == SecretKind.Personal.Value;

    public string Name => (string?)_document["name"] ?? "";

    /// <summary>Returns a text of the settings; null when it is missing or no text.</summary>
    public string? Setting(string name) =>
        Config?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public JsonObject? Config => _document["config"] as JsonObject;
}
