using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Messages;

/// <summary>Updates and deletes messages.</summary>
internal sealed class MessageChanges(IStore store, TimeProvider time)
{
    /// <exception cref="ApiException">400: a field is invalid; 404: the message does not exist.</exception>
    public async Task<MessageUpdateResponse> UpdateAsync(
        string conversationId, string messageId, MessageUpdateRequest request, Caller caller, IdempotentCall call,
        CancellationToken cancellationToken)
    {
        Check(request);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new MessageUpdateResponse { Id = messageId, Entities = request.Entities ?? [] };
        var found = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindMessageAsync(conversationId, messageId, caller.AccountId) is not { } row)
                    return false;
                request.ApplyTo(row);
                row.UpdatedAt = now;
                await db.ChangeMessageAsync(row, caller.AccountId);
                await db.RememberAsync(call.Answered(response));
                return true;
            },
            cancellationToken);
        return found ? response : throw MessageReading.NotFound();
    }

    /// <exception cref="ApiException">404: the message does not exist.</exception>
    public async Task<IdResponse> DeleteAsync(
        string conversationId, string messageId, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var (now, response) = (time.GetUtcNow(), new IdResponse { Id = messageId });
        var found = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindMessageAsync(conversationId, messageId, caller.AccountId) is null)
                    return false;
                await db.DeleteMessageAsync(conversationId, messageId, caller.AccountId, now);
                await db.RememberAsync(call.Answered(response));
                return true;
            },
            cancellationToken);
        return found ? response : throw MessageReading.NotFound();
    }

    private static void Check(MessageUpdateRequest request)
    {
        var faults = new Faults();
        if (request.Type.IsSpecified)
            faults.CheckType(request.Type.Value);
        faults.CheckText(request.Text.Value);
        faults.CheckName(request.Name.Value);
        faults.CheckDescription(request.Description.Value);
        // The type of the message is not known yet. The lower limit for messages other than activities is checked later.
        faults.CheckMeta(request.Meta.Value, maxBytes: FieldRules.MaxResultBytes);
        faults.CheckEntities(request.Entities);
        faults.ThrowIfAny();
    }
}
