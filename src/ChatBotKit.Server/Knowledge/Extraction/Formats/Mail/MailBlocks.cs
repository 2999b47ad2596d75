using System.Globalization;
using MimeKit;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Reads mails (EML): the subject is the title, and the text comes once, although mails have it in two forms. Attached files are only named.
/// </summary>
internal static class MailBlocks
{
    /// <summary>The depth of parts in parts. Forwarded mails have a few.</summary>
    private const int MaxDepth = 50;

    private const int MaxNames = 50;

    public static IEnumerable<TextBlock> Read(byte[] bytes)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        using var stream = new MemoryStream(bytes, writable: false);
        using var mail = MimeMessage.Load(new ParserOptions { MaxMimeDepth = MaxDepth }, stream);
        if (mail.Subject is { } subject && !string.IsNullOrWhiteSpace(subject))
            yield return new TextBlock(TextBlockKind.Heading, subject.Trim(), 1);
        if (HeadOf(mail) is { Length: > 0 } head)
            yield return new TextBlock(TextBlockKind.Paragraph, head);
        foreach (var block in TextOf(mail))
            yield return block;
        var names = mail.Attachments.Select(NameOf).OfType<string>().Take(MaxNames).ToList();
        if (names.Count > 0)
            yield return new TextBlock(TextBlockKind.Paragraph, $"Attachments: {string.Join(", ", names)}");
    }

    private static IEnumerable<TextBlock> TextOf(MimeMessage mail) =>
        mail.TextBody is { } text && !string.IsNullOrWhiteSpace(text) ? PlainTextBlocks.Read(text)
        : mail.HtmlBody is { } html ? HtmlBlocks.Read(html)
        : [];

    private static string HeadOf(MimeMessage mail) => string.Join('\n', new[]
    {
        mail.From.Count > 0 ? $"From: {mail.From}" : null,
        mail.To.Count > 0 ? $"To: {mail.To}" : null,
        mail.Date != DateTimeOffset.MinValue ? $"Date: {mail.Date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)}" : null,
    }.OfType<string>());

    private static string? NameOf(MimeEntity part) => part switch
    {
        MimePart { FileName: { Length: > 0 } name } => name,
        MessagePart { Message.Subject: { Length: > 0 } subject } => subject,
        _ => null,
    };
}
