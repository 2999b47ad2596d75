using System.Globalization;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.AdminConsole.Conversations;

/// <summary>The conversations that are shown: those that match all fields that are not null.</summary>
/// <param name="Bot">The id of a bot.</param>
/// <param name="Contact">The id of a contact.</param>
/// <param name="From">The first day in UTC on which they were created.</param>
/// <param name="To">The last day in UTC on which they were created.</param>
/// <param name="Vote">The rating that they have: <c>up</c> or <c>down</c>.</param>
/// <param name="Text">The text that the visitor or the bot wrote.</param>
public sealed record ConversationFilter(string? Bot, string? Contact, DateOnly? From, DateOnly? To, string? Vote, string? Text)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Gets whether some conversations are left out.</summary>
    public bool IsSet => this != new ConversationFilter(null, null, null, null, null, null);

    /// <summary>Gets whether the server looks for the conversations page by page, so that a page may have few of them.</summary>
    public bool IsSearch => Vote is not null || Text is not null;

    /// <summary>Gets the first day as the field of a form has it.</summary>
    public string? FromText => TextOf(From);

    /// <summary>Gets the last day as the field of a form has it.</summary>
    public string? ToText => TextOf(To);

    /// <summary>Gets the filter as a query of the console's pages, which begins with <c>?</c>; empty for all conversations.</summary>
    public string Query => QueryString.Create(Given(
        ("bot", Bot), ("contact", Contact), ("from", FromText), ("to", ToText), ("vote", Vote), ("text", Text))).Value!;

    /// <summary>Gets the filter as a query of the API, which begins with <c>?</c>; empty for all conversations.</summary>
    public string ApiQuery => QueryString.Create(Given(
        ("botId", Bot), ("contactId", Contact), ("from", FromText), ("to", To is { } to ? $"{TextOf(to)}T23:59:59.999Z" : null), ("vote", Vote), ("text", Text))).Value!;

    internal static ConversationFilter Of(Page page)
    {
        return new(Read("bot"), Read("contact"), ReadDay("from"), ReadDay("to"), Read("vote") is "up" or "down" ? Read("vote") : null, Read("text"));

        string? Read(string name) => page.Query(name)?.Trim() is { Length: > 0 } value ? value : null;

        DateOnly? ReadDay(string name) => DateOnly.TryParseExact(Read(name), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    internal ConversationListRequest ToRequest() => new()
    {
        BotId = Bot,
        ContactId = Contact,
        From = From is { } from ? StartOf(from) : null,
        To = To is { } to ? StartOf(to).AddDays(1).AddMilliseconds(-1) : null,
        Vote = Vote is null ? null : new ConversationVote(Vote),
        Text = Text,
    };

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static string? TextOf(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static IEnumerable<KeyValuePair<string, string?>> Given(params (string Name, string? Value)[] fields) =>
        fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value));
}
