"""In which language an application was sent: mails and the confirmation of receipt follow it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_contact")]

    operations = [
        migrations.AddField(
            model_name="case", name="language", field=models.CharField(default="de", max_length=20)
        )
    ]
