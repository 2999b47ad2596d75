using System.Net.Sockets;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Json;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Mail;

/// <summary>
/// <c>email.send</c>: an e-mail through the configured mail server. Its <c>Message-Id</c> follows from the call, so that a receiver can
/// recognize a message that was sent twice.
/// </summary>
internal sealed class EmailAction(SmtpOptions options, MailSender mail, TimeProvider time) : IAbilityAction
{
    private const int MaxRecipients = 10;
    private const int MaxSubject = 500;
    private const int MaxText = 100_000;

    public IReadOnlyList<string> Names { get; } = ["email", "email.send"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
    [
        ActionFields.Required("to", $"The e-mail address of the recipient; several, at most {MaxRecipients}, are separated by commas."),
        ActionFields.Required("subject", "The subject."),
        ActionFields.Required("text", "The text of the e-mail, without formatting."),
    ];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        if (options.Host is not { } host)
            return AbilityResult.Failed("This server sends no e-mail, because no mail server is configured (CHATBOTKIT_SMTP_URL).");
        using var message = MessageOf(call, host);
        try
        {
            await mail.SendAsync(message, host, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ProtocolException or SslHandshakeException)
        {
            return AbilityResult.Failed("The mail server can't be reached.");
        }
        catch (AuthenticationException)
        {
            return AbilityResult.Failed("The mail server refused the password of this server.");
        }
        catch (SmtpCommandException exception)
        {
            return AbilityResult.Failed(
                exception is { ErrorCode: SmtpErrorCode.RecipientNotAccepted, Mailbox.Address: { } recipient }
                    ? $"The mail server refused the recipient {recipient} (status {(int)exception.StatusCode})."
                    : $"The mail server refused the e-mail (status {(int)exception.StatusCode}).");
        }

        return AbilityResult.Of(new JsonObject
        {
            ["sent"] = true,
            ["to"] = new JsonArray([.. message.To.Mailboxes.Select(one => JsonValue.Create(one.Address))]),
            ["subject"] = message.Subject,
        });
    }

    /// <exception cref="AbilityException">A parameter is missing or invalid.</exception>
    private MimeMessage MessageOf(AbilityCall call, string host)
    {
        var recipients = call.Require("to").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (recipients.Length is 0 or > MaxRecipients)
            throw new AbilityException($"An e-mail has 1 to {MaxRecipients} recipients.");
        if (Array.Find(recipients, one => !EmailAddresses.IsValid(one)) is { } invalid)
            throw new AbilityException($"\"{invalid}\" is not an e-mail address.");
        var (subject, text) = (call.Require("subject"), call.TextOf("text") ?? call.TextOf("body") ?? call.Text);
        if (text.Length is 0 or > MaxText || subject.Length > MaxSubject)
            throw new AbilityException($"An e-mail has a subject of at most {MaxSubject} characters and a text of 1 to {MaxText} characters.");
        var message = new MimeMessage
        {
            Subject = string.Join(' ', subject.Split([.. "\r\n"], StringSplitOptions.RemoveEmptyEntries)),
            Body = new TextPart("plain") { Text = text },
            Date = time.GetUtcNow(),
            MessageId = $"{call.IdempotencyKey}@{host}",
        };
        message.From.Add(MailboxAddress.Parse(options.Sender));
        message.To.AddRange(recipients.Select(one => MailboxAddress.Parse(one)));
        return message;
    }
}
