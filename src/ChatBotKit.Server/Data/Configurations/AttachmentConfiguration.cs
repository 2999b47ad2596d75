using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatBotKit.Server.Data.Configurations;

internal sealed class AttachmentConfiguration : IEntityTypeConfiguration<AttachmentEntity>
{
    public void Configure(EntityTypeBuilder<AttachmentEntity> builder)
    {
        builder.ToTable("Attachments");
        builder.HasKey(attachment => attachment.Id);
        builder.HasIndex(attachment => attachment.ConversationId);
        builder.HasOne<ConversationEntity>().WithMany().HasForeignKey(attachment => attachment.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}
