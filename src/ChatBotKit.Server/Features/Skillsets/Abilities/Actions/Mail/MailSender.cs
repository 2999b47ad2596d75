using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Mail;

/// <summary>Sends e-mails through the configured mail server.</summary>
internal sealed class MailSender(SmtpOptions options)
{
    /// <exception cref="Exception">The mail server can't be reached, or refuses the e-mail.</exception>
    public async Task SendAsync(MimeMessage message, string host, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(
            host, options.Port, options.IsEncrypted ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
        if (options.User is { } user)
            await client.AuthenticateAsync(user, options.Password, cancellationToken);
        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }
}
