using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ChatBotKit.Widget;

/// <summary>
/// Renders the chat widget. It works without a circuit: the browser talks to the chat server itself, with a token that it gets from
/// <see cref="SessionUrl"/>.
/// </summary>
public sealed class ChatBotKitChat : ComponentBase
{
    private const string Script = "_content/ChatBotKit.Widget/chat.js";

    /// <summary>Gets or sets the path of this app that gives the visitor a session, such as <c>/chat/session</c>.</summary>
    [Parameter]
    public string? SessionUrl { get; set; }

    /// <summary>Gets or sets the id of a widget integration, for pages without a backend of their own.</summary>
    [Parameter]
    public string? Widget { get; set; }

    /// <summary>Gets or sets the address of the chat server of <see cref="Widget"/>.</summary>
    [Parameter]
    public string? Server { get; set; }

    /// <summary>Gets or sets how the chat is shown: <c>bubble</c>, <c>inline</c> or <c>page</c>.</summary>
    [Parameter]
    public string? Mode { get; set; }

    /// <summary>Gets or sets the title of the chat.</summary>
    [Parameter]
    public string? Heading { get; set; }

    /// <summary>Gets or sets the text of an empty chat.</summary>
    [Parameter]
    public string? Intro { get; set; }

    /// <summary>Gets or sets the content of the slots of the widget.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Gets or sets all other attributes of the element.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "script");
        builder.AddAttribute(1, "type", "module");
        builder.AddAttribute(2, "src", Script);
        builder.CloseElement();
        builder.OpenElement(3, "chatbotkit-chat");
        builder.AddAttribute(4, "session-url", SessionUrl);
        builder.AddAttribute(5, "widget", Widget);
        builder.AddAttribute(6, "server", Server);
        builder.AddAttribute(7, "mode", Mode);
        builder.AddAttribute(8, "heading", Heading);
        builder.AddAttribute(9, "intro", Intro);
        builder.AddMultipleAttributes(10, Attributes);
        builder.AddContent(11, ChildContent);
        builder.CloseElement();
    }
}
