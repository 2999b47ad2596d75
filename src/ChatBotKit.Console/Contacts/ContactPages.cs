using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ChatBotKit.AdminConsole.Web.FormText;

namespace ChatBotKit.AdminConsole.Contacts;

/// <summary>The people who talk to bots: their list, and what is stored about each.</summary>
internal static class ContactPages
{
    public const int PageSize = 50;

    /// <summary>The number of conversations and of memories that the page of a contact shows.</summary>
    public const int Shown = 25;

    public static void MapContacts(this IEndpointRouteBuilder routes)
    {
        routes.Show("/contacts", ListAsync);
        routes.Show("/contacts/{contactId}", page => ShowAsync(page, null, null));
        routes.Show("/contacts/{contactId}/export", ExportAsync);
        routes.Act("/contacts/{contactId}", SaveAsync);
        routes.Act("/contacts/{contactId}/memories/{memoryId}/delete", DeleteMemoryAsync);
        routes.Act("/contacts/{contactId}/delete", DeleteAsync);
        routes.MapContactSecrets();
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var contacts = await page.Api.Contact.ListAsync(new() { Cursor = page.Query("cursor"), Take = PageSize }, page.Aborted);
        return page.View<ContactListView, ListResponse<ContactItem>>(contacts);
    }

    private static async Task<IResult> ShowAsync(Page page, ContactFields? fields, Failure? failure)
    {
        var (id, api, token) = (page.Value("contactId"), page.Api, page.Aborted);
        var contact = api.Contact.FetchAsync(id, token);
        var conversations = api.Contact.Conversation.ListAsync(id, new() { Take = Shown }, token).AsTask(token);
        var memories = api.Contact.Memory.ListAsync(id, new() { Take = Shown }, token).AsTask(token);
        await Task.WhenAll(contact, conversations, memories);
        var shown = new ContactPage(await contact, (await conversations).Items, (await memories).Items, fields ?? ContactFields.Of(await contact), failure);
        return page.View<ContactView, ContactPage>(shown, failure?.Status ?? StatusCodes.Status200OK);
    }

    /// <summary>Writes what is stored about a person as JSON: details, memories, and conversations with their messages.</summary>
    private static async Task<IResult> ExportAsync(Page page)
    {
        var (id, api, token) = (page.Value("contactId"), page.Api, page.Aborted);
        var contact = await api.Contact.FetchAsync(id, token);
        return JsonFile.Answer(page, $"contact-{contact.Id}.json", async file =>
        {
            file.Write("contact", contact);
            await file.WriteAsync("memories", api.Contact.Memory.ListAsync(id, cancellationToken: token));
            await file.WriteObjectsAsync("conversations", api.Contact.Conversation.ListAsync(id, cancellationToken: token), conversation =>
            {
                file.Write("conversation", conversation);
                return file.WriteAsync("messages", api.Conversation.Message.ListAsync(conversation.Id, new() { Order = ListOrder.Ascending }, token));
            });
        });
    }

    private static async Task<IResult> SaveAsync(Page page)
    {
        var (id, fields) = (page.Value("contactId"), ContactFields.From(await page.FormAsync()));
        try
        {
            await page.Api.Contact.UpdateAsync(id, fields.ToUpdate(), page.Aborted);
            return page.Go($"/contacts/{id}", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowAsync(page, fields, Failure.Of(exception));
        }
    }

    private static async Task<IResult> DeleteMemoryAsync(Page page)
    {
        await page.Api.Memory.DeleteAsync(page.Value("memoryId"), page.Aborted);
        return page.Go($"/contacts/{page.Value("contactId")}", "deleted");
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        await page.Api.Contact.DeleteAsync(page.Value("contactId"), page.Aborted);
        return page.Go("/contacts", "deleted");
    }
}

/// <summary>A contact with what belongs to it.</summary>
/// <param name="Contact">The stored contact.</param>
/// <param name="Conversations">The newest conversations.</param>
/// <param name="Memories">The newest memories.</param>
/// <param name="Fields">The content of the form.</param>
/// <param name="Failure">Why it was not saved.</param>
public sealed record ContactPage(
    ContactItem Contact, IReadOnlyList<ConversationItem> Conversations, IReadOnlyList<MemoryItem> Memories, ContactFields Fields, Failure? Failure);

/// <summary>The details of a contact as its form has them. An empty text is none.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Phone">The phone number.</param>
/// <param name="Description">The description.</param>
public sealed record ContactFields(string? Name, string? Email, string? Phone, string? Description)
{
    internal static ContactFields From(Form form) => new(form.Text("name"), form.Text("email"), form.Text("phone"), form.Text("description"));

    internal static ContactFields Of(ContactItem contact) => new(contact.Name, contact.Email, contact.Phone, contact.Description);

    internal ContactUpdateRequest ToUpdate() => new()
    {
        Name = Given(Name),
        Email = Given(Email),
        Phone = Given(Phone),
        Description = Given(Description),
    };
}
