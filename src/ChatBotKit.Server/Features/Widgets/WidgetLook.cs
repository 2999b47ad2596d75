using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Widgets;

/// <summary>Returns the settings of a widget that the page of a visitor shows.</summary>
internal sealed class WidgetLook(IStore store, WidgetPictures pictures)
{
    /// <summary>Returns the look of a conversation that exists.</summary>
    public async Task<IntegrationWidgetSettings> OfAsync(FoundWidget widget, string conversationId, HttpContext context)
    {
        var conversation = await store.QueryAsync(db => db.FindConversationAsync(conversationId, widget.AccountId), context.RequestAborted);
        return await OfAsync(widget, conversation?.ContactId is not null, context);
    }

    /// <param name="widget">The widget.</param>
    /// <param name="hasContact">Whether the conversation has a contact, so that the visitor need not be asked.</param>
    /// <param name="context">The request of the visitor.</param>
    public async Task<IntegrationWidgetSettings> OfAsync(FoundWidget widget, bool hasContact, HttpContext context) => new()
    {
        Title = widget.Item.Title,
        Intro = widget.Item.Intro,
        Placeholder = widget.Item.Placeholder,
        Theme = widget.Item.Theme,
        Language = widget.Item.Language,
        Attachments = widget.Item.Attachments,
        ExportConversation = widget.Item.ExportConversation,
        RestartConversation = widget.Item.RestartConversation,
        AutoScroll = widget.Item.AutoScroll,
        StartFirst = widget.Item.StartFirst,
        ContactCollection = widget.Item.ContactCollection is true && !hasContact,
        Pictures = await pictures.AddressesAsync(widget.Id, context),
    };
}
