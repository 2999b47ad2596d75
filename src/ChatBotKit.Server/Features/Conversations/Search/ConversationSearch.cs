using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Conversations.Search;

/// <summary>
/// Finds conversations by a rating or by a text, in the order of the list. A piece looks at a limited number of conversations and messages,
/// whatever the account has, and says how far it came, so that the next one goes on there.
/// </summary>
/// <remarks>
/// Rated conversations have an index. Texts have none, because it would cost every new message more than the message itself. So the other
/// filters find the conversations, and their messages are read.
/// </remarks>
internal sealed class ConversationSearch(ISqlSession db, ConversationFilter filter)
{
    /// <summary>How many conversations a piece looks at.</summary>
    public const int MaxConversations = 1_000;

    /// <summary>How many messages a piece looks at. The conversation in which it reaches the number is looked at to its end.</summary>
    public const int MaxMessages = 10_000;

    /// <summary>How many messages of a conversation are looked at: the newest.</summary>
    public const int MaxMessagesOfOne = 1_000;

    /// <summary>The number of characters after which a piece ends, and after which no further message of a conversation is read.</summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    private const int BatchSize = 100;

    private int _conversations;
    private int _messages;
    private long _characters;

    private bool IsSpent => _conversations >= MaxConversations || _messages >= MaxMessages || _characters >= MaxCharacters;

    public async ValueTask<ListPiece<ConversationRow>> ReadAsync(ListPage page)
    {
        ConversationPlace? behind = null;
        if (page.Cursor is { } cursor && (behind = await db.FindPlaceAsync(cursor, filter.AccountId)) is null)
            return ListPiece.Nothing<ConversationRow>();
        var (found, held) = (new List<ConversationRow>(), 0L);
        while (true)
        {
            var (candidates, mayGoOn) = await (filter.IsGood is { } isGood ? ListRatedAsync(isGood, page, behind) : ListAsync(page, behind));
            foreach (var (place, row) in candidates)
            {
                behind = place;
                _conversations++;
                if (row is not null && await MatchesAsync(row))
                {
                    found.Add(row);
                    held += SizeOf(row);
                }

                if (found.Count == page.Take || held >= ListPage.PieceCharacters || IsSpent)
                    return new ListPiece<ConversationRow>(found, MayGoOn: true) { Looked = place.Id };
            }

            if (!mayGoOn)
                return new ListPiece<ConversationRow>(found, MayGoOn: false) { Looked = "" };
        }
    }

    /// <summary>Returns the number of characters of a row.</summary>
    public static long SizeOf(ConversationRow row) => row.Name.Length + row.Description.Length + (row.Backstory?.Length ?? 0) + (row.Meta?.Length ?? 0);

    private async ValueTask<bool> MatchesAsync(ConversationRow row)
    {
        if (filter.Text is not { } text)
            return true;
        var (isFound, messages, characters) = await db.LookForAsync(row.Id, text, MaxMessagesOfOne, MaxCharacters);
        _messages += messages;
        _characters += characters;
        return isFound;
    }

    private async ValueTask<(IEnumerable<Candidate> Candidates, bool MayGoOn)> ListAsync(ListPage page, ConversationPlace? behind)
    {
        var query = Query();
        var piece = await db.ReadPieceAsync(
            ConversationTable.Rows, query, page with { Take = BatchSize }, behind is { } place ? (place.At, place.Id) : null, SizeOf);
        return (piece.Items.Select(static row => new Candidate(new ConversationPlace(row.CreatedAt, row.Id), row)), piece.MayGoOn);
    }

    private async ValueTask<(IEnumerable<Candidate> Candidates, bool MayGoOn)> ListRatedAsync(bool isGood, ListPage page, ConversationPlace? behind)
    {
        var places = await db.ListAsync(
            ConversationSearchQueries.Rated(filter.AccountId, isGood, filter.Period.AddTo, page.Descending, behind, BatchSize),
            ConversationSearchQueries.ReadPlace);
        if (places.Count == 0)
            return ([], false);
        var query = Query().AddIn("\"Id\"", [.. places.Select(static place => place.Id)]).AddPage(page.Descending, behind: null, BatchSize);
        var read = await db.ListAsync(query, ConversationTable.Rows.Read, new SqlSize<ConversationRow>(SizeOf, ListPage.PieceCharacters));
        var rows = read.Rows.ToDictionary(static row => row.Id, StringComparer.Ordinal);
        var count = read.IsCut ? places.FindIndex(place => place.Id == read.Rows[^1].Id) + 1 : places.Count;
        return (places.Take(count).Select(place => new Candidate(place, rows.GetValueOrDefault(place.Id))), read.IsCut || places.Count == BatchSize);
    }

    private SqlQuery Query()
    {
        var query = new SqlQuery().AddSql(ConversationTable.Rows.Select("WHERE TRUE"));
        filter.AddScope(query);
        filter.AddTo(query, db.Dialect);
        return query;
    }

    /// <summary>A conversation that is looked at.</summary>
    /// <param name="Place">Its place in the list.</param>
    /// <param name="Row">The conversation; null when it does not match the filters by columns.</param>
    private readonly record struct Candidate(ConversationPlace Place, ConversationRow? Row);
}
