namespace ChatBotKit;

/// <summary>The tasks of a contact.</summary>
public class ContactTaskClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ContactTaskClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ContactTaskClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ContactTaskClient()
    {
    }

    /// <summary>Lists the tasks of a contact, newest first if nothing else is asked for.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited one page, enumerated the tasks of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: there is
    /// no such contact. <see cref="ErrorCodes.TooManyRequests"/>: lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TaskItem>, TaskItem> ListAsync(
        string contactId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TaskItem>(Route.Of("/api/v1/contact/{contactId}/task/list", contactId), request, cancellationToken);
}
