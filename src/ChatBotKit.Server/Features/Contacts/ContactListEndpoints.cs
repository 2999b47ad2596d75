using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts.Ratings;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Features.Memories;
using ChatBotKit.Server.Features.Spaces;
using ChatBotKit.Server.Features.Tasks;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>The endpoints that list the conversations, ratings, memories, spaces and tasks of a contact.</summary>
internal static class ContactListEndpoints
{
    public static void MapContactLists(this IEndpointRouteBuilder group)
    {
        group.MapGet("/contact/{contactId}/conversation/list", ListConversationsAsync)
            .WithName("listContactConversations").AnswersList<ConversationItem>().WithSummary("Lists the conversations with a contact");
        group.MapGet("/contact/{contactId}/rating/list", ListRatingsAsync)
            .WithName("listContactRatings").AnswersList<ContactRatingItem>().WithSummary("Lists the ratings by a contact");
        group.MapGet("/contact/{contactId}/memory/list", ListMemoriesAsync)
            .WithName("listContactMemories").AnswersList<MemoryItem>().WithSummary("Lists the memories of a contact");
        group.MapGet("/contact/{contactId}/space/list", ListSpacesAsync)
            .WithName("listContactSpaces").AnswersList<SpaceItem>().WithSummary("Lists the spaces of a contact");
        group.MapGet("/contact/{contactId}/task/list", ListTasksAsync)
            .WithName("listContactTasks").AnswersList<TaskItem>().WithSummary("Lists the tasks on behalf of a contact");
    }

    private static async Task<IResult> ListConversationsAsync(
        string contactId, ListQuery query, Caller caller, ContactStore contacts, ConversationReading conversations, CancellationToken cancellationToken)
    {
        var contact = await GetAsync(contacts, contactId, caller, cancellationToken);
        return new ListResult<ConversationItem>(
            query, (page, token) => conversations.ListOfContactAsync(contact.Id, query, page, caller, token), item => item.Id);
    }

    private static async Task<IResult> ListRatingsAsync(
        string contactId, ListQuery query, Caller caller, ContactStore contacts, ContactRatings ratings, CancellationToken cancellationToken)
    {
        var contact = await GetAsync(contacts, contactId, caller, cancellationToken);
        return new ListResult<ContactRatingItem>(query, (page, token) => ratings.ListAsync(contact, page, token), item => item.Id);
    }

    private static Task<IResult> ListMemoriesAsync(string contactId, ListQuery query, ResourceListing lists, ResourceKinds kinds, HttpContext context) =>
        ListAsync(MemoryKind.Name, contactId, query, lists, kinds, context);

    private static Task<IResult> ListSpacesAsync(string contactId, ListQuery query, ResourceListing lists, ResourceKinds kinds, HttpContext context) =>
        ListAsync(SpaceKind.Name, contactId, query, lists, kinds, context);

    private static Task<IResult> ListTasksAsync(string contactId, ListQuery query, ResourceListing lists, ResourceKinds kinds, HttpContext context) =>
        ListAsync(TaskKind.Name, contactId, query, lists, kinds, context);

    private static Task<IResult> ListAsync(
        string kind, string contactId, ListQuery query, ResourceListing lists, ResourceKinds kinds, HttpContext context) =>
        lists.ListLinkedAsync(kinds.Find(kind)!, "contactId", contactId, query, context);

    /// <exception cref="ApiException">404: the contact does not exist.</exception>
    private static async Task<ResourceRow> GetAsync(ContactStore contacts, string contactId, Caller caller, CancellationToken cancellationToken) =>
        await contacts.FindAsync(contactId, caller.AccountId, cancellationToken) ?? throw ApiException.NotFound("Contact");
}
