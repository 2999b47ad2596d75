using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Mail;
using MimeKit;

namespace ChatBotKit.Server.Features.Policies;

/// <summary>
/// Sends the e-mail of a policy of usage. Its <c>Message-Id</c> follows from the work, so that a receiver can recognize a message that was
/// sent twice.
/// </summary>
internal sealed class PolicyMailWork(IStore store, SmtpOptions options, MailSender mail, ILogger<PolicyMailWork> logger) : IDueWorkHandler
{
    /// <summary>The kind of the work. Its key is the policy.</summary>
    public const string WorkKind = "policy-mail";

    public string Kind => WorkKind;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        var row = await store.QueryAsync(db => db.FindPolicyAsync(item.Key), cancellationToken);
        if (row is null || UsagePolicy.From(row) is not { } policy)
            return DueWorkResult.Done;
        var recipients = policy.Recipients;
        if (recipients.Count == 0 && await AddressOfAsync(policy.AccountId, cancellationToken) is { } address)
            recipients = [address];
        if (options.Host is not { } host || recipients.Count == 0)
        {
            logger.LogWarning(
                "The e-mail of policy {PolicyId} is not sent, because {Reason}", policy.Id,
                options.Host is null ? "no mail server is configured (CHATBOTKIT_SMTP_URL)" : "the policy has no recipient and the account no e-mail address");
            return DueWorkResult.Done;
        }

        using var message = MessageOf(policy, item, host, recipients);
        await mail.SendAsync(message, host, cancellationToken);
        return DueWorkResult.Done;
    }

    private ValueTask<string?> AddressOfAsync(string accountId, CancellationToken cancellationToken) => store.QueryAsync(
        async db => (await db.FirstAsync(AccountTable.Rows, """WHERE "Id" = $1""", accountId))?.Email, cancellationToken);

    private MimeMessage MessageOf(UsagePolicy policy, DueWorkItem item, string host, IReadOnlyList<string> recipients)
    {
        var name = string.Join(' ', (policy.Name ?? policy.Id).Split([.. "\r\n"], StringSplitOptions.RemoveEmptyEntries));
        var of = policy.BotId is { } bot ? $"bot {bot}" : "account";
        var block = policy.BlockedUntil is { } until
            ? $"\nNew runs and sessions are refused until {DateTimeOffset.FromUnixTimeMilliseconds(until):yyyy-MM-dd HH:mm} UTC.\n"
            : "";
        var message = new MimeMessage
        {
            Subject = $"Usage limit reached: {name}",
            Body = new TextPart("plain")
            {
                Text = FormattableString.Invariant(
                    $"The {of} has reached {policy.Threshold} {policy.Metric} within {policy.WindowMs / 1000} seconds.\n{block}\nPolicy: {name} ({policy.Id})\n"),
            },
            Date = item.ScheduledAt,
            MessageId = FormattableString.Invariant($"{policy.Id}.{item.ScheduledAt.ToUnixTimeMilliseconds()}@{host}"),
        };
        message.From.Add(MailboxAddress.Parse(options.Sender));
        message.To.AddRange(recipients.Select(one => MailboxAddress.Parse(one)));
        return message;
    }
}
