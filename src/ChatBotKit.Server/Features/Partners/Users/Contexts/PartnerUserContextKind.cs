using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Partners.Users.Contexts;

/// <summary>Data that a partner stores for a user. It belongs to the account of the user, and is deleted with the account.</summary>
internal static class PartnerUserContextKind
{
    public static ResourceKind Create() =>
        new ResourceKind<PartnerUserContextItem, PartnerUserContextCreateRequest, PartnerUserContextUpdateRequest>(
            "context", "/partner/user/{userId}/context")
        {
            IsOfUser = true,
            IsAnsweredWhole = true,
            KeyField = null,
            // No request can set these fields, so a list that is filtered by one of them is empty.
            Filters = ["blueprintId", "botId", "datasetId", "skillsetId"],
        };
}
