using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Mail;

/// <summary>The mail server that sends the e-mails of abilities.</summary>
internal sealed record SmtpOptions
{
    private const string UrlName = "CHATBOTKIT_SMTP_URL";
    private const string FromName = "CHATBOTKIT_SMTP_FROM";
    private const string UserName = "CHATBOTKIT_SMTP_USER";
    private const string PasswordName = "CHATBOTKIT_SMTP_PASSWORD";
    private const string Encrypted = "smtps";
    private const int DefaultPort = 587;
    private const int EncryptedPort = 465;

    /// <summary>The host; null when no mail server is configured.</summary>
    public string? Host { get; init; }

    public int Port { get; init; }

    /// <summary>Whether the connection is encrypted from its beginning. Otherwise it is encrypted when the server offers it.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The sender.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The user name; null to send without signing in.</summary>
    public string? User { get; init; }

    public string Password { get; init; } = "";

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static SmtpOptions From(IConfiguration configuration)
    {
        if (configuration[UrlName]?.Trim() is not { Length: > 0 } text)
            return new SmtpOptions();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("smtp" or Encrypted) || url.Host.Length == 0
            || url.UserInfo.Length > 0 || url.PathAndQuery is not ("" or "/"))
        {
            throw new StartupException($"{UrlName} must be an address such as smtp://mail.example.com:587 or smtps://mail.example.com. User and password have settings of their own.");
        }

        var from = configuration[FromName]?.Trim();
        if (from is null || !EmailAddresses.IsValid(from))
            throw new StartupException($"{FromName} must be the e-mail address of the sender when {UrlName} is set.");
        var (user, password) = (configuration[UserName]?.Trim(), configuration[PasswordName]);
        if (string.IsNullOrEmpty(user) != string.IsNullOrEmpty(password))
            throw new StartupException($"{UserName} and {PasswordName} are set together or not at all.");
        var isEncrypted = url.Scheme == Encrypted;
        return new SmtpOptions
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : isEncrypted ? EncryptedPort : DefaultPort,
            IsEncrypted = isEncrypted,
            Sender = from,
            User = string.IsNullOrEmpty(user) ? null : user,
            Password = password ?? "",
        };
    }

    /// <summary>Leaves out the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
