"""The demo's conditions of participation, which are an example, and who has a contract."""

SENT, ACCEPTED = 10, 7  # of the first accepted exhibitors
CONDITIONS = {
    "fr": "Exemple de conditions, écrit pour la démonstration.\n"
    "1. Le stand est attribué par l’organisateur ; il ne peut être ni cédé ni partagé sans son accord.\n"
    "2. L’acompte est dû à la réception de la facture, le solde avant l’ouverture. Un stand impayé peut être repris.\n"
    "3. Le stand est prêt la veille de l’ouverture et reste tenu jusqu’à la fermeture du dernier jour.\n"
    "4. L’exposant est assuré en responsabilité civile et respecte les règles de sécurité du parc.\n"
    "5. Un désistement est annoncé par écrit ; le barème de l’édition dit ce qui reste dû.",
    "ar": "مثال للشروط كُتب للعرض التوضيحي.\n"
    "1. يخصص المنظم الجناح، ولا يجوز التنازل عنه ولا تقاسمه دون موافقته.\n"
    "2. تُستحق الدفعة المقدمة عند التوصل بالفاتورة والباقي قبل الافتتاح، ويمكن استرجاع جناح لم يُؤد ثمنه.\n"
    "3. يكون الجناح جاهزا عشية الافتتاح ويبقى مفتوحا إلى إغلاق اليوم الأخير.\n"
    "4. العارض مؤمن عن المسؤولية المدنية ويحترم قواعد السلامة في الفضاء.\n"
    "5. يُعلن الانسحاب كتابة، ويحدد جدول الدورة ما يبقى مستحقا.",
    "en": "Example of conditions, written for the demonstration.\n"
    "1. The stand is allocated by the organiser; it is neither passed on nor shared without its consent.\n"
    "2. The deposit is due on receipt of the invoice, the balance before the opening. A stand that is not paid may be taken back.\n"
    "3. The stand is ready on the eve of the opening and is staffed until the last day closes.\n"
    "4. The exhibitor has third-party insurance and keeps the safety rules of the grounds.\n"
    "5. A withdrawal is announced in writing; the edition’s scale says what stays due.",
}
